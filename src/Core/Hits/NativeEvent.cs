namespace Footfall.Core.Hits;

/// <summary>One event of a request: what it says, and its bytes as they will be kept.</summary>
public readonly record struct NativeEvent(SentEvent Sent, ReadOnlyMemory<byte> Payload);
