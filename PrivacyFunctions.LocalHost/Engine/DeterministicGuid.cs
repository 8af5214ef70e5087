using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>Name-based UUIDs (version 5 of RFC 9562): the same name gives the same id in every replay.</summary>
internal static class DeterministicGuid
{
    // A namespace of our own, so that ids made here never meet those that others derive from the same text.
    private static readonly Guid Namespace = new("5d2a2c0e-6c1b-4a52-9f0e-7b3a5c9d1e42");

    /// <summary>The n-th id of an execution.</summary>
    public static Guid Create(string instanceId, string executionId, int number) =>
        Create(string.Create(CultureInfo.InvariantCulture, $"{instanceId}\n{executionId}\n{number}"));

    private static Guid Create(string name)
    {
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        Namespace.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));

        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The RFC prescribes SHA-1 for version 5; nothing here is secret.
        SHA1.HashData(bytes, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
