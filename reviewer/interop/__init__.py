"""Come from elsewhere and go elsewhere: other programs' formats."""
