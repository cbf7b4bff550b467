using System.Globalization;

namespace Footfall.Core.HitLog;

/// <summary>
/// A place between two records of one partition. Positions of a partition only grow; what an offset counts (bytes, messages) is the log's own
/// business. Readers store the position after the last record they have worked off, in the same transaction as its results.
/// </summary>
public readonly record struct LogPosition(int Partition, long Offset)
{
    /// <summary>In place of an offset: the log made a record durable and was not told where it lies.</summary>
    public const long Untold = -1;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition}/{Offset}");
}
