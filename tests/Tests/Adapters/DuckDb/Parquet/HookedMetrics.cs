using System.Collections;
using Footfall.Core.Reports;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>Metrics of a question that has something happen, once, when the question is looked at: then it has its version of the files already.</summary>
sealed class HookedMetrics(IReadOnlyList<Metric> metrics, Action happens) : IReadOnlyList<Metric>
{
    Action? _happens = happens;

    public int Count => metrics.Count;

    public Metric this[int index] => metrics[index];

    public IEnumerator<Metric> GetEnumerator()
    {
        Interlocked.Exchange(ref _happens, null)?.Invoke();
        return metrics.GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
