"""The domain of workforce management: values, stages and use cases, without Qt or OR-Tools."""
