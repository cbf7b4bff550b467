using System.Collections.Concurrent;
using Footfall.Core.Reports;

namespace Footfall.Tests.Reports;

/// <summary>A cache that forgets nothing.</summary>
sealed class DictionaryCache : IReportCache
{
    readonly ConcurrentDictionary<string, byte[]> _entries = new();

    public byte[]? Always { get; set; }

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        Assert.True(key.Length <= 200 && key.All(letter => letter is > ' ' and < '\x7F'), key);
        return new(Always ?? _entries.GetValueOrDefault(key));
    }

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation)
    {
        _entries[key] = value.ToArray();
        return ValueTask.CompletedTask;
    }
}
