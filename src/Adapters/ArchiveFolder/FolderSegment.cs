using System.IO.Hashing;
using System.Security.Cryptography;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>Reads one segment's file. No size in it is believed before a checksum or the file's length bears it out.</summary>
sealed class FolderSegment(string path)
{
    /// <summary>What a segment is called that cannot tell its own checksum any more.</summary>
    const string UnknownHash = "";

    public static ArchiveSegment Of(SegmentHead head, SegmentFoot foot, long bytes) => new(
        head.Partition, head.Start, foot.End, head.Revision, foot.Effort, bytes, foot.RawBytes, foot.Records, foot.Hits,
        foot.FirstReceivedAt, foot.LastReceivedAt, Convert.ToHexStringLower(foot.Sha256));

    /// <summary>The segment as its file describes it. One whose end is damaged is known by its name and its blocks; null when the name is no segment's.</summary>
    public ArchiveSegment? Describe()
    {
        if (SegmentName.Parse(Path.GetFileName(path)) is not var (partition, start, end, revision))
            return null;
        using var file = Open();
        if (ReadFoot(file) is { } foot && foot.End == end)
            return Of(new SegmentHead(partition, start, revision), foot, file.Length);
        var blocks = Walk(file);
        return new ArchiveSegment(
            partition, start, end, revision, ArchiveEffort.Quick, file.Length, blocks.Sum(block => block.Facts.RawBytes), blocks.Sum(block => (long)block.Facts.Records),
            blocks.Sum(block => block.Facts.Hits), blocks.Select(block => block.Facts.FirstReceivedAt).DefaultIfEmpty().Min(),
            blocks.Select(block => block.Facts.LastReceivedAt).DefaultIfEmpty().Max(), UnknownHash);
    }

    /// <summary>The blocks: by the index, or without it by reading them all.</summary>
    public ArchiveIndex Index()
    {
        using var file = Open();
        if (ReadFoot(file) is { } foot && ReadIndex(file, foot) is { } blocks)
            return new ArchiveIndex(blocks, IsRepaired: false);
        return new ArchiveIndex(Walk(file), IsRepaired: true);
    }

    /// <exception cref="ArchiveDamagedException">The block fails its checks.</exception>
    public IReadOnlyList<LogRecord> Read(ArchiveSegment segment, ArchiveBlock block)
    {
        using var file = Open();
        return TryRead(file, block, out var problem) ?? throw new ArchiveDamagedException(new ArchiveDamage(segment, block.Start, block.End, block.Facts, problem!));
    }

    /// <summary>A block's bytes with their frame, as they are.</summary>
    public byte[] ReadRaw(ArchiveSegment segment, ArchiveBlock block, long next)
    {
        using var file = Open();
        if (block.Place < SegmentHead.Bytes || next < block.Place || next > file.Length || next - block.Place > BlockFrame.BodyBytesMax + BlockFrame.Bytes)
            throw new ArchiveDamagedException(new ArchiveDamage(segment, block.Start, block.End, block.Facts, "its index names a place outside of the file"));
        return file.Read(block.Place, (int)(next - block.Place));
    }

    /// <summary>Where the blocks end in the file: where its index begins.</summary>
    public long BlocksEnd()
    {
        using var file = Open();
        return ReadFoot(file)?.IndexAt ?? file.Length;
    }

    public IReadOnlyList<ArchiveDamage> Verify(ArchiveSegment segment, CancellationToken cancellation)
    {
        using var file = Open();
        var damage = new List<ArchiveDamage>();
        var index = Index();
        foreach (var block in index.Blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryRead(file, block, out var problem) is null)
                damage.Add(new ArchiveDamage(segment, block.Start, block.End, block.Facts, problem!));
        }
        AddHoles(segment, index, damage);
        if (damage.Count == 0 && WholeProblem(file, index) is { } whole)
            damage.Add(new ArchiveDamage(segment, segment.End, segment.End, BlockFacts.Unknown, whole));
        return damage;
    }

    /// <summary>Without its index a damaged block is only seen as a hole between two whole ones.</summary>
    static void AddHoles(ArchiveSegment segment, ArchiveIndex index, List<ArchiveDamage> damage)
    {
        if (!index.IsRepaired)
            return;
        var at = segment.Start;
        foreach (var block in index.Blocks)
        {
            if (block.Start > at)
                damage.Add(new ArchiveDamage(segment, at, block.Start, BlockFacts.Unknown, "a block and the index that knew it are both damaged"));
            at = block.End;
        }
        if (at < segment.End)
            damage.Add(new ArchiveDamage(segment, at, segment.End, BlockFacts.Unknown, "a block and the index that knew it are both damaged"));
    }

    static string? WholeProblem(SegmentBytes file, ArchiveIndex index)
    {
        if (SegmentHead.Read(file.Read(0, (int)Math.Min(SegmentHead.Bytes, file.Length))) is null)
            return "its header fails its checksum; every hit is whole";
        if (ReadFoot(file) is not { } foot)
            return "its footer fails its checksum; every hit is whole";
        if (index.IsRepaired)
            return "its index fails its checksum; every hit is whole";
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        const int Chunk = 1 << 20;
        for (var at = 0L; at < file.Length - SegmentFoot.Bytes; at += Chunk)
            sha.AppendData(file.Read(at, (int)Math.Min(Chunk, file.Length - SegmentFoot.Bytes - at)));
        return sha.GetHashAndReset().AsSpan().SequenceEqual(foot.Sha256) ? null : "the checksum of the whole file does not match; every hit is whole";
    }

    static IReadOnlyList<LogRecord>? TryRead(SegmentBytes file, ArchiveBlock block, out string? problem)
    {
        problem = null;
        if (block.Place < 0 || block.Place > file.Length - BlockFrame.Bytes
            || BlockFrame.Read(file.Read(block.Place, BlockFrame.Bytes)) is not { } frame
            || frame.Start != block.Start || frame.End != block.End)
        {
            problem = "the head of a block fails its checksum";
            return null;
        }
        if (frame.BodyBytes > file.Length - block.Place - BlockFrame.Bytes)
        {
            problem = "a block is cut short";
            return null;
        }
        var body = file.Read(block.Place + BlockFrame.Bytes, frame.BodyBytes);
        if (XxHash128.HashToUInt128(body) != frame.BodyHash)
        {
            problem = "a block fails its checksum";
            return null;
        }
        try
        {
            return BlockBody.Unpack(body, frame);
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    static SegmentFoot? ReadFoot(SegmentBytes file) =>
        file.Length < SegmentHead.Bytes + SegmentFoot.Bytes ? null : SegmentFoot.Read(file.Read(file.Length - SegmentFoot.Bytes, SegmentFoot.Bytes));

    static IReadOnlyList<ArchiveBlock>? ReadIndex(SegmentBytes file, SegmentFoot foot)
    {
        if (foot.IndexAt < SegmentHead.Bytes || foot.IndexBytes is < 0 or > IndexCodec.BytesMax || foot.IndexAt + foot.IndexBytes > file.Length - SegmentFoot.Bytes)
            return null;
        var bytes = file.Read(foot.IndexAt, foot.IndexBytes);
        if (XxHash3.HashToUInt64(bytes) != foot.IndexHash)
            return null;
        try
        {
            return IndexCodec.Read(bytes);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>Finds the whole blocks of a file whose index is gone.</summary>
    static List<ArchiveBlock> Walk(SegmentBytes file)
    {
        var blocks = new List<ArchiveBlock>();
        for (var at = file.Find(BlockFrame.Magic, 0); at >= 0; at = file.Find(BlockFrame.Magic, at))
        {
            var block = new ArchiveBlock(at, 0, 0, BlockFacts.Unknown);
            if (BlockFrame.Read(file.Read(at, (int)Math.Min(BlockFrame.Bytes, file.Length - at))) is not { } frame
                || TryRead(file, block = block with { Start = frame.Start, End = frame.End }, out _) is not { } records)
            {
                at++;
                continue;
            }
            var census = new BlockCensus();
            foreach (var record in records)
                census.Add(record);
            blocks.Add(block with { Facts = census.Facts });
            at += BlockFrame.Bytes + frame.BodyBytes;
        }
        return blocks;
    }

    SegmentBytes Open() => new(path);
}
