namespace Footfall.Core.Accounts;

/// <summary>What opens an account's sites to others than its members: keys and shared links. Every change is durable when the call returns. Thread-safe.</summary>
public interface IGrants
{
    /// <summary>The key of a hash, or null. Hashes are SHA-256 of the whole secret.</summary>
    ApiKey? FindKey(byte[] hash);

    /// <summary>Every key of an account, without its secret: that is not stored.</summary>
    IReadOnlyList<ApiKey> Keys(int account);

    ApiKey AddKey(int account, string prefix, string label, ApiScopes scopes, byte[] hash, DateTimeOffset now);

    bool RemoveKey(int account, int id);

    void SeeKey(int id, DateTimeOffset now);

    SharedLink? FindLink(string token);

    SharedLink? FindLink(int id);

    IReadOnlyList<SharedLink> Links(int site);

    SharedLink AddLink(int site, string name, string token, string? password, string filters);

    bool RemoveLink(int site, int id);

    /// <summary>A secret of this installation, the same at every call, made at the first.</summary>
    /// <param name="candidate">Random bytes, kept when there is none of that name yet.</param>
    byte[] Secret(string name, byte[] candidate);
}
