namespace Footfall.Server.Cli;

/// <summary>What a server made of a batch of events.</summary>
public abstract record SendOutcome
{
    /// <summary>All of it is durable.</summary>
    public sealed record Accepted : SendOutcome;

    /// <summary>Nothing is accepted now; the same batch will be later.</summary>
    public sealed record Busy(TimeSpan RetryAfter, string Reason) : SendOutcome;

    /// <summary>One event breaks a rule, and so nothing of the batch is accepted.</summary>
    /// <param name="Index">Which event of the batch, from 0.</param>
    public sealed record Refused(int Index, string Reason) : SendOutcome;
}
