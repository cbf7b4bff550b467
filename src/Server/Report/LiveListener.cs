using System.Threading.Channels;

namespace Footfall.Server.Report;

/// <summary>One who listens to a site. Holds at most one message that is not yet sent: a newer one takes its place.</summary>
sealed class LiveListener(Action<LiveListener> leave) : IDisposable
{
    /// <summary>A comment, which says nothing but that the connection lives.</summary>
    static readonly byte[] StillHere = ":\n\n"u8.ToArray();

    readonly Channel<ReadOnlyMemory<byte>> _messages = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    public void Tell(ReadOnlyMemory<byte> message) => _messages.Writer.TryWrite(message);

    /// <summary>The next message, or a comment after a silence.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> NextAsync(TimeSpan silence, TimeProvider clock, CancellationToken cancellation)
    {
        using var quiet = new CancellationTokenSource(silence, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(quiet.Token, cancellation);
        try
        {
            return await _messages.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return StillHere;
        }
    }

    public void Dispose() => leave(this);
}
