using System.Collections.Concurrent;
using System.Globalization;
using PrivacyFunctions.LocalHost.Azurite;
using PrivacyFunctions.LocalHost.StartUp;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// One Azurite for all hosts of the scenarios that run in this process, each with a storage account that no other host sees:
/// some hold the sample company, the others nothing. Azurite knows only accounts that it was started with.
/// </summary>
internal static class ScenarioStorage
{
    private const int Samples = 24;
    private const int Empties = 176;

    private static readonly ConcurrentQueue<string> WithSample = new(Named("sample", Samples));
    private static readonly ConcurrentQueue<string> Empty = new(Named("empty", Empties));
    private static readonly Lazy<Task<AzuriteProcess>> Azurite = new(StartAsync);

    /// <summary>The connection string of an account with the sample company of today.</summary>
    public static Task<string> WithSampleAsync() => NextAsync(WithSample);

    /// <summary>The connection string of an account with nothing in it.</summary>
    public static Task<string> EmptyAsync() => NextAsync(Empty);

    private static async Task<string> NextAsync(ConcurrentQueue<string> accounts) =>
        accounts.TryDequeue(out var account)
            ? (await Azurite.Value).ConnectionStringOf(account)
            : throw new InvalidOperationException($"All accounts are taken: {nameof(ScenarioStorage)} has to make more.");

    private static async Task<AzuriteProcess> StartAsync()
    {
        var data = DataFolder.Open(await SeededFolder.CopyAsync());
        AccountCopies.Make(data.Azurite, Named("sample", Samples));
        var step = new Progress(TextWriter.Null, TimeProvider.System).Begin("Azurite");
        var azurite = await AzuriteProcess.StartAsync(
            data, AzuriteInstallation.Default, step, CancellationToken.None,
            new Dictionary<string, string>
            {
                ["AZURITE_ACCOUNTS"] = AzuritePorts.AccountsOf([.. Named("sample", Samples), .. Named("empty", Empties)]),
                [LighterAzurite.Variable] = LighterAzurite.Options,
            });
        AppDomain.CurrentDomain.ProcessExit += (_, _) => OtherProcess.AskToEnd(azurite.ProcessId);
        return azurite;
    }

    private static IReadOnlyList<string> Named(string name, int count) =>
        [.. Enumerable.Range(1, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"{name}{number:D3}"))];
}
