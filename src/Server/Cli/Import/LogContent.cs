using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using ZstdSharp;

namespace Footfall.Server.Cli.Import;

/// <summary>The plain bytes of a log, whatever it is packed with: gzip and zstd are known by how they begin.</summary>
sealed class LogContent : IAsyncDisposable
{
    const int MagicBytes = 4;

    readonly Stream _raw;

    LogContent(Stream raw, Stream plain)
    {
        _raw = raw;
        Plain = plain;
    }

    public Stream Plain { get; }

    /// <summary>Size as stored; null when nobody knows.</summary>
    public long? Length => _raw is FileStream file ? file.Length : null;

    /// <summary>How much of the stored size is read.</summary>
    public long Position => _raw is FileStream file ? file.Position : 0;

    public static async Task<LogContent> OpenAsync(Stream raw, CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(raw);
        var begin = await pipe.ReadAtLeastAsync(MagicBytes, cancellation);
        var magic = new byte[Math.Min(MagicBytes, begin.Buffer.Length)];
        begin.Buffer.Slice(0, magic.Length).CopyTo(magic);
        pipe.AdvanceTo(begin.Buffer.Start);
        var packed = pipe.AsStream();
        Stream plain = magic switch
        {
            [0x1f, 0x8b, ..] => new GZipStream(packed, CompressionMode.Decompress),
            [0x28, 0xb5, 0x2f, 0xfd] => new DecompressionStream(packed),
            _ => packed,
        };
        return new LogContent(raw, plain);
    }

    public async ValueTask DisposeAsync()
    {
        await Plain.DisposeAsync();
        await _raw.DisposeAsync();
    }
}
