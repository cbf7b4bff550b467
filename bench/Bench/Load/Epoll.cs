using System.Runtime.InteropServices;

namespace Footfall.Bench.Load;

/// <summary>
/// The few calls of Linux that a load generator lives in. Sockets of .NET wake a thread of its pool for every answer; on a machine shared with
/// the server that would measure the driver.
/// </summary>
sealed unsafe partial class Epoll : IDisposable
{
    public const int Again = 11;

    const int Add = 1;
    const int Modify = 3;
    const uint Readable = 1;
    const uint Writable = 4;
    const int NoSignal = 0x4000;

    // The structure is packed on x64 and nowhere else.
    static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    static readonly int DataAt = Stride - 8;

    readonly int _descriptor = Check(epoll_create1(0));
    readonly byte[] _events = GC.AllocateUninitializedArray<byte>(Stride * 256, pinned: true);

    public void Watch(int socket, int index, bool writable, bool known)
    {
        var change = stackalloc byte[16];
        *(uint*)change = Readable | (writable ? Writable : 0);
        *(long*)(change + DataAt) = index;
        Check(epoll_ctl(_descriptor, known ? Modify : Add, socket, change));
    }

    /// <summary>Waits until something can be read or written; fills in the indexes given to <see cref="Watch"/>.</summary>
    public int Wait(Span<int> indexes, int timeoutMilliseconds)
    {
        fixed (byte* events = _events)
        {
            var count = epoll_wait(_descriptor, events, Math.Min(indexes.Length, 256), timeoutMilliseconds);
            for (var i = 0; i < count; i++)
                indexes[i] = (int)*(long*)(events + (i * Stride) + DataAt);
            return Math.Max(0, count);
        }
    }

    /// <returns>Bytes sent; -1 when the socket takes no more now.</returns>
    public static int Send(int socket, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
            return Transferred(send(socket, start, (nuint)bytes.Length, NoSignal));
    }

    /// <returns>Bytes received, 0 when the other side closed; -1 when there is nothing now.</returns>
    public static int Receive(int socket, Span<byte> bytes)
    {
        fixed (byte* start = bytes)
            return Transferred(recv(socket, start, (nuint)bytes.Length, 0));
    }

    public void Dispose() => Check(close(_descriptor));

    static int Transferred(nint count)
    {
        if (count >= 0)
            return (int)count;
        return Marshal.GetLastPInvokeError() == Again ? -1 : throw Failure();
    }

    static int Check(int result) => result >= 0 ? result : throw Failure();

    static IOException Failure() => new(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int descriptor, int operation, int socket, byte* change);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int descriptor, byte* events, int count, int timeoutMilliseconds);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int socket, byte* bytes, nuint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int socket, byte* bytes, nuint count, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
