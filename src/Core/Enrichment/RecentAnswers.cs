using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Footfall.Core.Enrichment;

/// <summary>
/// A bounded memory of recent answers. Two generations: an answer asked for again moves to the young one; when the young one is full it
/// becomes the old one, and the old one is forgotten. So at most twice <paramref name="generationMax"/> answers are held, frequent ones
/// stay, and reading takes no lock. Threads that race may compute an answer twice, which is only wasted time: answers are pure.
/// </summary>
public sealed class RecentAnswers<TKey, TValue>(int generationMax)
    where TKey : notnull
    where TValue : class
{
    readonly Lock _turn = new();
    volatile ConcurrentDictionary<TKey, TValue> _young = new();
    volatile ConcurrentDictionary<TKey, TValue> _old = new();

    // Counted apart, since ConcurrentDictionary.Count takes every lock it has.
    int _youngCount;

    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (_young.TryGetValue(key, out value))
            return true;
        if (!_old.TryGetValue(key, out value))
            return false;
        Remember(key, value);
        return true;
    }

    public void Remember(TKey key, TValue value)
    {
        if (!_young.TryAdd(key, value) || Interlocked.Increment(ref _youngCount) < generationMax)
            return;
        lock (_turn)
        {
            if (_youngCount < generationMax)
                return;
            _old = _young;
            _young = new ConcurrentDictionary<TKey, TValue>();
            _youngCount = 0;
        }
    }
}
