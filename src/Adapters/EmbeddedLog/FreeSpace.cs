using System.Globalization;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// Stops appends before the disk is full. Asks the file system once a second and whenever as much was written as could have used up a
/// sixteenth of the floor, because asking costs as much as a small write.
/// </summary>
sealed class FreeSpace(SegmentHitLogOptions options)
{
    static readonly TimeSpan s_askEvery = TimeSpan.FromSeconds(1);

    long _spentSinceAsked = long.MaxValue;
    long _askedAt;

    /// <exception cref="LowSpaceException">There is less than the floor.</exception>
    public void Spend(long bytes)
    {
        bool fresh = _spentSinceAsked < options.FreeBytesFloor / 16 && options.Time.GetElapsedTime(_askedAt) < s_askEvery;
        if (!fresh)
        {
            Check();
        }

        _spentSinceAsked += bytes;
    }

    /// <exception cref="LowSpaceException">There is less than the floor.</exception>
    public void Check()
    {
        long free = options.Disk.FreeBytes(options.Folder);
        if (free < options.FreeBytesFloor)
        {
            _spentSinceAsked = long.MaxValue;
            throw new LowSpaceException(string.Create(
                CultureInfo.InvariantCulture,
                $"the disk of {options.Folder} has {free} bytes free and {options.FreeBytesFloor} must stay free."));
        }

        _spentSinceAsked = 0;
        _askedAt = options.Time.GetTimestamp();
    }
}
