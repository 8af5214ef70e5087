using System.Buffers;
using System.Security.Cryptography;

namespace PrivacyFunctions.Backups;

/// <summary>Copies a stream of any length and hashes it on its way.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 128 * 1024;

    /// <returns>The bytes copied, and their SHA-256 in lower-case hexadecimal.</returns>
    public static async Task<(long Bytes, string Sha256)> RunAsync(Stream from, Stream to, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var bytes = 0L;
            while (await from.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                hash.AppendData(buffer, 0, read);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
                bytes += read;
            }

            return (bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
