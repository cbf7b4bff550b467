namespace Footfall.Core.HitLog;

/// <summary>The log cannot make a record durable now: disk full, fsync failed, queue unreachable. The client is answered 503.</summary>
public sealed class HitLogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
