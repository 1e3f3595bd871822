"""The service over HTTP: routes, sign-in, problems, pages."""
