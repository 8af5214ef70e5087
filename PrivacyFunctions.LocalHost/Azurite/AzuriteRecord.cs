using System.Text.Json;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Azurite;

/// <summary>
/// <c>azurite.json</c> in the data folder: the Azurite that serves it, written when one is started and removed when it has
/// stopped. After a killed host it is how the next start finds the one left over.
/// </summary>
/// <param name="StartedAt">UTC, of this machine's clock.</param>
internal sealed record AzuriteRecord(int ProcessId, DateTimeOffset StartedAt, int BlobPort, int QueuePort, int TablePort)
{
    public AzuritePorts Ports => new(BlobPort, QueuePort, TablePort);

    /// <summary>Null when there is none.</summary>
    /// <exception cref="StartUpProblem">It cannot be read. It is written whole, so somebody changed it; starting a second
    /// Azurite on the same files would damage them, so this is for a person to decide.</exception>
    public static AzuriteRecord? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<AzuriteRecord>(File.ReadAllText(path), JsonSerializerOptions.Web)
                ?? throw new JsonException("The file says null.");
        }
        catch (JsonException problem)
        {
            throw new StartUpProblem(
                $"{path} cannot be read: make sure that no Azurite runs on this data folder, then delete that file.",
                problem);
        }
    }
}
