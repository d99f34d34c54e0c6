"""What fails says its kind to the engine and nothing else: messages hold texts."""

import logging
from typing import Any

from temporalio import activity
from temporalio.exceptions import ApplicationError
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    Interceptor,
)

from store.faults import told

logger = logging.getLogger("thidua.activities")


class Redaction(Interceptor):
    """Keeps the messages of failed activities out of the event histories."""

    def intercept_activity(
        self, next: ActivityInboundInterceptor
    ) -> ActivityInboundInterceptor:
        """Stand before every activity."""
        return _Redacted(next)


class _Redacted(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await self.next.execute_activity(input)
        except ApplicationError:
            raise
        except Exception as error:  # noqa: BLE001 - it is told
            info = activity.info()
            logger.warning(
                "%s of %s failed, attempt %s: %s",
                info.activity_type,
                info.workflow_id,
                info.attempt,
                told(error),
            )
            raise ApplicationError("failed", type=type(error).__name__) from None
