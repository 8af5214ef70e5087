using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.Callers;
using PrivacyFunctions.LocalHost.Sample;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A Functions host that runs elsewhere, named by the environment: PF_BASE_URL, PF_STORAGE, PF_MAIL_URL, PF_MASTER_KEY.
/// Keys of operators are made in its storage. It has no time machine: its setting Policy:Pace makes legal time run;
/// 10000 is good (14 days in 2 minutes: long enough for a test to confirm in time, short enough to wait for).
/// </summary>
internal sealed class RemoteHost : ScenarioHost
{
    private RemoteHost()
    {
        App = Client(new Uri(Setting("PF_BASE_URL").TrimEnd('/') + "/"));
        Outbox = new Outbox(Client(new Uri(Setting("PF_MAIL_URL").TrimEnd('/') + "/")), Patience);
        Storage = Setting("PF_STORAGE");
        MasterKey = Setting("PF_MASTER_KEY");
    }

    /// <summary>Puts the sample company into the host's storage, if it is not there, and takes up the settings.</summary>
    public static async Task<ScenarioHost> ConnectAsync()
    {
        var host = new RemoteHost();
        await SampleCompany.SeedAsync(
            new TableServiceClient(host.Storage), new BlobServiceClient(host.Storage),
            DateOnly.FromDateTime(DateTime.UtcNow), null, CancellationToken.None);
        host.OperatorKey = await host.IssueKeyAsync($"op-{Guid.NewGuid():N}", CallerRoles.All);
        return host;
    }

    private static string Setting(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"PF_BASE_URL is set, so {name} must be set too.");
}
