using System.Collections.Concurrent;
using Footfall.Core.Accounts;

namespace Footfall.Server.Admin;

/// <summary>
/// What the bearer of a secret may do. Keys found once are remembered by hash until they are revoked; unknown ones are not, so that guessing
/// fills no memory. When a key was last used is noted in memory and written now and then.
/// </summary>
public sealed class KeyRing(IGrants grants, TimeProvider clock)
{
    readonly ConcurrentDictionary<string, Caller> _own = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, KnownKey> _found = new(StringComparer.Ordinal);
    readonly Lock _changing = new();
    int _revocations;

    /// <summary>Adds the operator's key for this process only: the local token, or the one from the environment.</summary>
    public void Accept(string secret) => _own[NameOf(Secrets.HashOf(secret))] = Caller.Operator;

    /// <summary>Who holds a secret; null when nobody does.</summary>
    public Caller? CallerOf(string secret)
    {
        var hash = Secrets.HashOf(secret);
        var name = NameOf(hash);
        if (_own.TryGetValue(name, out var caller))
            return caller;
        if (!_found.TryGetValue(name, out var known))
        {
            var revocations = Volatile.Read(ref _revocations);
            if (grants.FindKey(hash) is not { } key)
                return null;
            known = new KnownKey(key.Id, new Caller(key.Account, Scopes: key.Scopes));
            // A key revoked since it was looked up must not come back.
            lock (_changing)
            {
                if (revocations == _revocations)
                    _found[name] = known;
            }
        }
        known.Use(clock.GetUtcNow());
        return known.Caller;
    }

    /// <summary>A key was revoked: it opens nothing from now on.</summary>
    public void Forget(int id)
    {
        lock (_changing)
        {
            _revocations++;
            foreach (var (name, known) in _found)
            {
                if (known.Id == id)
                    _found.TryRemove(name, out _);
            }
        }
    }

    /// <summary>Keys were revoked elsewhere.</summary>
    /// <param name="ids">Which; null when any may have been, and each is looked up again when it is next used.</param>
    public void Forget(IReadOnlyList<int>? ids)
    {
        foreach (var id in ids ?? [])
            Forget(id);
        if (ids is not null)
            return;
        WriteUses();
        lock (_changing)
        {
            _revocations++;
            _found.Clear();
        }
    }

    /// <summary>Writes when keys were last used, for those that were used since the last time.</summary>
    public void WriteUses()
    {
        foreach (var known in _found.Values)
        {
            if (known.TakeUse() is { } used)
                grants.SeeKey(known.Id, used);
        }
    }

    static string NameOf(byte[] hash) => Convert.ToHexString(hash);
}
