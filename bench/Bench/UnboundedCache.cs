using System.Collections.Concurrent;
using Footfall.Core.Reports;

namespace Footfall.Bench;

/// <summary>A cache for a few questions.</summary>
sealed class UnboundedCache : IReportCache
{
    readonly ConcurrentDictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation) => new(_entries.GetValueOrDefault(key));

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation)
    {
        _entries[key] = value.ToArray();
        return ValueTask.CompletedTask;
    }
}
