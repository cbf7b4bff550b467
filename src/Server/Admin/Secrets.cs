using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Footfall.Server.Admin;

/// <summary>Random secrets, and the hashes by which they are known.</summary>
public static class Secrets
{
    /// <summary>256 bits, for addresses and headers.</summary>
    public static string New(string prefix = "") => prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
