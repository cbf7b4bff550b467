using System.Globalization;
using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>One sealed segment: every record of a partition from one position to another.</summary>
/// <param name="Start">Offset of its first record.</param>
/// <param name="End">Offset after its last one: where the next segment begins.</param>
/// <param name="Revision">0 as sealed first, higher each time it was written anew.</param>
/// <param name="Bytes">What it takes on disk.</param>
/// <param name="RawBytes">What its records take uncompressed.</param>
/// <param name="FirstReceivedAt">Milliseconds; the earliest receipt in it.</param>
/// <param name="LastReceivedAt">Milliseconds; the latest receipt in it.</param>
/// <param name="Sha256">Of its content, in hexadecimal digits: what a receipt names it by.</param>
public sealed record ArchiveSegment(
    int Partition, long Start, long End, int Revision, ArchiveEffort Effort, long Bytes, long RawBytes, long Records, long Hits,
    long FirstReceivedAt, long LastReceivedAt, string Sha256)
{
    public LogPosition StartPosition => new(Partition, Start);

    public LogPosition EndPosition => new(Partition, End);

    public bool Covers(ArchiveSegment other) => Partition == other.Partition && Start <= other.Start && End >= other.End;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Partition}/{Start}-{End}");
}
