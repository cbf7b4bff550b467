using System.Net;

namespace Footfall.Server.People;

/// <summary>Attempts to know a password or a code, counted by what is guessed and by the address that guesses.</summary>
sealed class Attempts(LockOut lockOut)
{
    const int FreeByName = 5;
    const int FreeByAddress = 20;

    /// <returns>The refusal when too many failed before, otherwise null: the attempt is counted as failed until it is told good.</returns>
    public Problem? Begin(HttpContext context, string name)
    {
        var wait = lockOut.Begin(name, FreeByName);
        if (wait == 0)
        {
            wait = lockOut.Begin(NameOf(context), FreeByAddress);
            // What the address may not try was no attempt at the name.
            if (wait > 0)
                lockOut.Forgive(name);
        }
        return wait > 0 ? new Problem(429, "Too many failed attempts", $"try again in {wait} seconds", RetryAfter: wait) : null;
    }

    public void Good(HttpContext context, string name)
    {
        lockOut.Clear(name);
        lockOut.Forgive(NameOf(context));
    }

    /// <summary>Neither good nor bad yet: the password was right, the code is still to come.</summary>
    public void Unfinished(HttpContext context, string name)
    {
        lockOut.Forgive(name);
        lockOut.Forgive(NameOf(context));
    }

    /// <summary>An address of IPv6 by its network: one customer has a whole one.</summary>
    static string NameOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return "address " + Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)));
    }
}
