using Footfall.Core.Archive;
using ZstdSharp;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The index of a segment as bytes.</summary>
static class IndexCodec
{
    public const int BytesMax = 1 << 28;
    const int Level = 9;

    public static byte[] Write(IReadOnlyList<ArchiveBlock> blocks)
    {
        var writer = new ColumnWriter();
        writer.Number((ulong)blocks.Count);
        foreach (var block in blocks)
        {
            writer.Number((ulong)block.Place);
            writer.Number((ulong)block.Start);
            writer.Number((ulong)block.End);
            Write(writer, block.Facts);
        }
        using var compressor = new Compressor(Level);
        return compressor.Wrap(writer.Written.Span).ToArray();
    }

    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static IReadOnlyList<ArchiveBlock> Read(ReadOnlySpan<byte> bytes)
    {
        var unpacked = Unpack(bytes);
        var reader = new ColumnReader(unpacked);
        var blocks = new ArchiveBlock[reader.Size(unpacked.Length)];
        for (var index = 0; index < blocks.Length; index++)
            blocks[index] = new ArchiveBlock((long)reader.Number(), (long)reader.Number(), (long)reader.Number(), ReadFacts(reader));
        return blocks;
    }

    static void Write(ColumnWriter writer, BlockFacts facts)
    {
        writer.Number((ulong)facts.Records);
        writer.Number((ulong)facts.Hits);
        writer.Number((ulong)facts.RawBytes);
        writer.Signed(facts.FirstReceivedAt);
        writer.Signed(facts.LastReceivedAt);
        writer.Byte(facts.IsOpaque ? (byte)1 : (byte)0);
        writer.Number((ulong)facts.Sites.Count);
        var before = 0;
        foreach (var (site, hits) in facts.Sites.OrderBy(pair => pair.Key))
        {
            writer.Signed(site - before);
            writer.Number((ulong)hits);
            before = site;
        }
        writer.Counted(facts.Visitors.Bytes.Span);
    }

    static BlockFacts ReadFacts(ColumnReader reader)
    {
        var (records, hits, rawBytes) = (reader.Size(int.MaxValue), (long)reader.Number(), (long)reader.Number());
        var (first, last, opaque) = (reader.Signed(), reader.Signed(), reader.Byte() != 0);
        var count = reader.Size(int.MaxValue);
        var sites = new Dictionary<int, long>();
        var site = 0;
        for (var index = 0; index < count; index++)
        {
            site += (int)reader.Signed();
            sites[site] = (long)reader.Number();
        }
        return new BlockFacts(records, hits, rawBytes, first, last, opaque, sites, VisitorFilter.Read(reader.Counted().Span));
    }

    static byte[] Unpack(ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var decompressor = new Decompressor();
            return decompressor.Unwrap(bytes, BytesMax).ToArray();
        }
        catch (ZstdException damaged)
        {
            throw new FormatException("the index cannot be decompressed", damaged);
        }
    }
}
