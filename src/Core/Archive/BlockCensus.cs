using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>Counts what goes into a block.</summary>
public sealed class BlockCensus
{
    readonly Dictionary<int, long> _sites = [];
    readonly HashSet<(int Site, ulong Visitor)> _visitors = [];
    int _records;
    long _hits, _rawBytes;
    long _first = long.MaxValue, _last = long.MinValue;
    bool _isOpaque;

    public void Add(LogRecord record)
    {
        _records++;
        _rawBytes += record.Bytes.Length;
        if (HitBatchCodec.TryRead(record.Bytes) is { } batch)
            Add(batch);
        // Written by a newer program, or by none of ours: it is kept as it is, and found by every search.
        else
            (_isOpaque, _hits) = (true, _hits + 1);
    }

    public BlockFacts Facts => _first > _last
        ? new(_records, _hits, _rawBytes, long.MinValue, long.MaxValue, _isOpaque, _sites, VisitorFilter.Of(_visitors))
        : new(_records, _hits, _rawBytes, _first, _last, _isOpaque, _sites, VisitorFilter.Of(_visitors));

    void Add(HitBatch batch)
    {
        _first = Math.Min(_first, batch.ReceivedAt);
        _last = Math.Max(_last, batch.ReceivedAt);
        _hits += batch.Hits.Count;
        foreach (var hit in batch.Hits)
        {
            _sites[hit.Site] = _sites.GetValueOrDefault(hit.Site) + 1;
            if (hit.Refusal is null)
                _visitors.Add((hit.Site, hit.Visitor));
        }
    }
}
