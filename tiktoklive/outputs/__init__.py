"""
Outputs: where events go when no program is listening.

One kind per module.  All write the same envelope (:mod:`~tiktoklive.outputs.envelope`), which is
made once for all of them (:mod:`~tiktoklive.outputs.written`).  None of them makes a room wait but
``sqlite`` while it cannot keep up, unless its queue is told to block.
"""

from typing import TYPE_CHECKING

from tiktoklive.exports import exported

__all__ = [
    "BatchWriter",
    "BoundedQueue",
    "Database",
    "DatabaseOutput",
    "FileChannel",
    "LineWriter",
    "Policy",
    "Schema",
]

if TYPE_CHECKING:
    from tiktoklive.outputs.batch_writer import BatchWriter as BatchWriter
    from tiktoklive.outputs.channel import FileChannel as FileChannel
    from tiktoklive.outputs.database import Schema as Schema
    from tiktoklive.outputs.database_output import DatabaseOutput as DatabaseOutput
    from tiktoklive.outputs.databaserunner import Database as Database
    from tiktoklive.outputs.line_writer import LineWriter as LineWriter
    from tiktoklive.outputs.queue import BoundedQueue as BoundedQueue
    from tiktoklive.outputs.queue import Policy as Policy
else:
    __getattr__, __dir__ = exported(
        __name__,
        {
            "batch_writer": ["BatchWriter"],
            "channel": ["FileChannel"],
            "database": ["Schema"],
            "database_output": ["DatabaseOutput"],
            "databaserunner": ["Database"],
            "line_writer": ["LineWriter"],
            "queue": ["BoundedQueue", "Policy"],
        },
    )
