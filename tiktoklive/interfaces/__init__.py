"""
The seams: what a part must offer so that another can be put in its place.

Each has at most three methods.  Parts are found by interface at run time (plugins)
and checked by mypy-zope at rest.  Methods that take time return an awaitable.
"""

from tiktoklive.interfaces.makers import (
    IOutputMaker,
    IPartMaker,
    ISourceMaker,
    PartWiring,
)
from tiktoklive.interfaces.observers import (
    IConfirmingOutput,
    IControlledOutput,
    ICounted,
    IFailingOutput,
    IFleetMember,
    IGatherer,
    ILogReader,
    IObserver,
    IOutput,
    IPacer,
    IQueuedOutput,
    IReadOutput,
    IReopenedOutput,
    IRoomFacts,
    IRoomNames,
    IRooms,
    IStreamOutput,
)
from tiktoklive.interfaces.parts import (
    IChatSender,
    IGiftSource,
    IPacedResolver,
    IPatientResolver,
    IReceiver,
    IRoomResolver,
    ISigner,
    IStream,
    IStreamOpener,
    IUrlSigner,
    IUserNames,
    IWitness,
)

__all__ = [
    "IRoomResolver",
    "IPatientResolver",
    "IPacedResolver",
    "IUserNames",
    "ISigner",
    "IUrlSigner",
    "IReceiver",
    "IWitness",
    "IStream",
    "IStreamOpener",
    "IGiftSource",
    "IChatSender",
    "IObserver",
    "IPacer",
    "IGatherer",
    "IOutput",
    "IReadOutput",
    "ILogReader",
    "IReopenedOutput",
    "IQueuedOutput",
    "IFailingOutput",
    "IConfirmingOutput",
    "IStreamOutput",
    "IFleetMember",
    "IRooms",
    "IRoomNames",
    "IRoomFacts",
    "IControlledOutput",
    "ICounted",
    "PartWiring",
    "IPartMaker",
    "IOutputMaker",
    "ISourceMaker",
]
