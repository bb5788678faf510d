"""Errors as Discord answers them."""


class ApiError(Exception):
    """An error answer: HTTP status, Discord's own code, and its words."""

    def __init__(self, status: int, code: int, message: str, errors: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.errors = errors

    def payload(self) -> dict[str, object]:
        """Return the JSON body."""
        body: dict[str, object] = {"message": self.message, "code": self.code}
        return body if self.errors is None else body | {"errors": self.errors}


def unauthorized() -> ApiError:
    """Return the answer to a wrong token."""
    return ApiError(401, 0, "401: Unauthorized")


def unknown(what: str, code: int) -> ApiError:
    """Return the answer to an id that means nothing."""
    return ApiError(404, code, f"Unknown {what}")


def invalid_form(path: str, message: str, code: str = "INVALID") -> ApiError:
    """Return the answer to a body that breaks the rules at `path` (dots between its steps)."""
    errors: dict[str, object] = {"_errors": [{"code": code, "message": message}]}
    for step in reversed(path.split(".")):
        errors = {step: errors}
    return ApiError(400, 50035, "Invalid Form Body", errors)
