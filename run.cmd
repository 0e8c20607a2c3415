@echo off
rem The Windows twin of run: finds Python 3.11 or newer; all else is in bootstrap.py.
setlocal
where py >nul 2>nul
if errorlevel 1 goto python
py -3 -I -S "%~dp0resources\setup\bootstrap.py" %*
exit /b %errorlevel%
:python
where python >nul 2>nul
if errorlevel 1 goto missing
python -I -S "%~dp0resources\setup\bootstrap.py" %*
exit /b %errorlevel%
:missing
echo toban: Python 3.11 or newer was not found; install it and run the same command again. 1>&2
exit /b 1
