namespace Footfall.Core.HitLog;

/// <summary>One durable record: the hits of one request, as <c>HitBatchCodec</c> wrote them.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="NextOffset">Where the next one begins: what a reader stores once this one is worked off.</param>
public readonly record struct LogRecord(long Offset, long NextOffset, ReadOnlyMemory<byte> Bytes);
