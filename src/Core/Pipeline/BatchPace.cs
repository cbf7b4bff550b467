namespace Footfall.Core.Pipeline;

/// <summary>
/// How much a processor takes at once: less after each failure at one place, until one record is left that fails alone, and more again as it goes on.
/// So the records before and behind a bad one are counted, and it is known which one it is. Thread-safe.
/// </summary>
sealed class BatchPace
{
    const int ShrinksBy = 8;

    /// <summary>How often a record fails alone before it is suspected.</summary>
    const int Tries = 3;

    readonly Lock _gate = new();
    readonly int _bytesMost;
    int _bytes;
    long _failedAt = -1;
    int _failedAlone;

    /// <param name="bytesMost">What is taken while all is well.</param>
    public BatchPace(int bytesMost) => _bytesMost = _bytes = bytesMost;

    public int Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <summary>An attempt failed that began at an offset.</summary>
    /// <returns>Whether the record there has failed alone so often that it is to be tried to go on without it.</returns>
    public bool Failed(long offset)
    {
        lock (_gate)
        {
            _failedAlone = offset == _failedAt && _bytes == 1 ? _failedAlone + 1 : 0;
            (_failedAt, _bytes) = (offset, Math.Max(1, _bytes / ShrinksBy));
            return _failedAlone >= Tries;
        }
    }

    public void Succeeded()
    {
        lock (_gate)
            _bytes = (int)Math.Min(_bytesMost, _bytes * 2L);
    }
}
