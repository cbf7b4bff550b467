using Footfall.Core.Reports;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Footfall.Server.Report;

/// <summary>Answers in the memory of this process, by the framework's own cache: bounded in bytes, and what was not asked for longest goes first.</summary>
/// <param name="bytesMax">What keys and values may take together.</param>
sealed class MemoryReportCache(long bytesMax) : IReportCache, IDisposable
{
    readonly MemoryCache _cache = new(Options.Create(new MemoryCacheOptions { SizeLimit = bytesMax }));

    public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation) => new(_cache.Get<byte[]>(key));

    public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation)
    {
        _cache.Set(key, value.ToArray(), new MemoryCacheEntryOptions { Size = value.Length + (2 * key.Length), AbsoluteExpirationRelativeToNow = lifetime });
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _cache.Dispose();
}
