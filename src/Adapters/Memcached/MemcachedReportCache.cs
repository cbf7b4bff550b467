using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Footfall.Core.Reports;
using ZstdSharp;

namespace Footfall.Adapters.Memcached;

/// <summary>
/// Hot answers in any number of memcached nodes, by meta commands. A key lives on the node that the ring gives it, or, while that one is ejected, on the
/// next: a value that both have is the same, because a key says all that its value depends on. A key that is too long for memcached goes by its SHA-256,
/// and its value says the whole key, which is compared. Larger values are compressed; what is then still too large is not kept.
/// </summary>
public sealed class MemcachedReportCache : IReportCache, IDisposable
{
    /// <summary>As many as a ring tells apart.</summary>
    public const int NodesMax = 64;

    /// <summary>How long a node that failed is left alone.</summary>
    public static readonly TimeSpan EjectedFor = TimeSpan.FromSeconds(2);

    /// <summary>From here on a value is compressed, in bytes.</summary>
    const int CompressFrom = 16 * 1024;

    /// <summary>memcached's own limit of an item is 1 MiB with its key and what it notes of it.</summary>
    const int ValueBytesMax = 1024 * 1024 - 1024;
    const int UnpackedBytesMax = 64 * 1024 * 1024;
    const int KeyBytesMax = 250;

    /// <summary>Beyond it memcached takes the number for a date.</summary>
    static readonly TimeSpan LifetimeMax = TimeSpan.FromDays(30);

    readonly KetamaRing _ring;
    readonly MemcachedNode[] _nodes;
    readonly Func<int, bool> _mayBeAsked;
    readonly string _scope;

    /// <param name="nodes">As <c>host:port</c>; every process must be given the same.</param>
    /// <param name="scope">Goes before every key: what tells this installation from others on the same nodes. Printable ASCII without spaces.</param>
    public MemcachedReportCache(IReadOnlyList<string> nodes, string scope, TimeProvider time)
    {
        if (nodes.Count is 0 or > NodesMax)
            throw new ArgumentOutOfRangeException(nameof(nodes), nodes.Count, $"from 1 to {NodesMax} nodes");
        (_ring, _scope) = (new KetamaRing(nodes), scope);
        _nodes = [.. nodes.Select(node => new MemcachedNode(node, time))];
        _mayBeAsked = node => _nodes[node].MayBeAsked();
    }

    public async ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        var (name, isHashed) = NameOf(key);
        if (_ring.Find(name, _mayBeAsked) is not { } node)
            return null;
        var reply = await _nodes[node].AskAsync(Encoding.ASCII.GetBytes($"mg {name} f v\r\n"), value: null, cancellation);
        return reply.IsGood ? Unpack(reply, isHashed ? _scope + key : null) : null;
    }

    public async ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation)
    {
        var (name, isHashed) = NameOf(key);
        var (packed, form) = Pack(value, isHashed ? _scope + key : null);
        if (packed.Length > ValueBytesMax || lifetime <= TimeSpan.Zero || _ring.Find(name, _mayBeAsked) is not { } node)
            return;
        var seconds = (long)Math.Ceiling((lifetime < LifetimeMax ? lifetime : LifetimeMax).TotalSeconds);
        var line = string.Create(CultureInfo.InvariantCulture, $"ms {name} {packed.Length} T{seconds} F{(uint)form}\r\n");
        await _nodes[node].AskAsync(Encoding.ASCII.GetBytes(line), packed, cancellation);
    }

    public void Dispose()
    {
        foreach (var node in _nodes)
            node.Dispose();
    }

    /// <summary>The key as memcached takes it.</summary>
    (string Name, bool IsHashed) NameOf(string key)
    {
        var whole = _scope + key;
        return whole.Length <= KeyBytesMax && whole.All(letter => letter is > ' ' and <= '~')
            ? (whole, false)
            : ($"{_scope}{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))}", true);
    }

    static (ReadOnlyMemory<byte> Packed, ValueForms Form) Pack(ReadOnlyMemory<byte> value, string? key)
    {
        var form = ValueForms.Plain;
        if (key is not null)
        {
            var name = Encoding.UTF8.GetBytes(key);
            byte[] named = [.. BitConverter.GetBytes(name.Length), .. name, .. value.Span];
            (value, form) = (named, ValueForms.SaysKey);
        }
        if (value.Length < CompressFrom)
            return (value, form);
        using var compressor = new Compressor();
        return (compressor.Wrap(value.Span).ToArray(), form | ValueForms.Compressed);
    }

    /// <summary>Null when it is not a value that was packed under this key.</summary>
    static byte[]? Unpack(Reply reply, string? key)
    {
        try
        {
            var (form, value) = ((ValueForms)reply.Flags, reply.Value);
            if (form.HasFlag(ValueForms.Compressed))
            {
                using var decompressor = new Decompressor();
                value = decompressor.Unwrap(value, UnpackedBytesMax).ToArray();
            }
            if (form.HasFlag(ValueForms.SaysKey) != key is not null)
                return null;
            return key is null ? value : WithoutKey(value, Encoding.UTF8.GetBytes(key));
        }
        catch (Exception damaged) when (damaged is ZstdException or ArgumentException)
        {
            return null;
        }
    }

    static byte[]? WithoutKey(byte[] value, byte[] key) =>
        value.Length >= sizeof(int) + key.Length && BitConverter.ToInt32(value) == key.Length && value.AsSpan(sizeof(int), key.Length).SequenceEqual(key)
            ? value[(sizeof(int) + key.Length)..]
            : null;
}
