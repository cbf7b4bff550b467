namespace Footfall.Core.Warehouse;

/// <summary>The warehouse cannot be opened for a reason that is not its own: the disk is full, read-only, or fails. What is in it is not to be touched.</summary>
public sealed class WarehouseUnavailableException(string message, Exception inner) : Exception(message, inner);
