namespace Footfall.Core.Hits;

/// <summary>One event of a request, and its bytes as they will be kept.</summary>
/// <param name="Sent">What the collector needs of it: site, ids, address and agent of the sender, and time. The rest may be missing; the payload has it.</param>
public readonly record struct NativeEvent(SentEvent Sent, ReadOnlyMemory<byte> Payload);
