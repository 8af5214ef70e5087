using Azure;
using Azure.Data.Tables;
using Azure.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions;

/// <summary>
/// Looks, before anything starts, whether the tables and containers are there that the data map names: with a name that is
/// misspelt, every request would fail half-way, weeks later perhaps. A store that cannot be reached is another matter: it may come
/// back, so the start goes on and the log says it. Our own records are made when they are needed.
/// </summary>
/// <param name="records">Asked for so that a wrong setting of its own is refused, too.</param>
/// <param name="kinds">The same of a kind of case that is registered wrongly, or has not all its words.</param>
/// <param name="letters">The same of a letter whose text is not there.</param>
/// <param name="json">The same of its state and its facts.</param>
internal sealed class CheckStores(
    DataMapRegister map, CompanyStorage company, RecordStorage records, CaseKinds kinds, LetterWriter letters, CaseJson json, IConfiguration configuration,
    ILogger<CheckStores> log)
    : IHostedLifecycleService
{
    private const string BuiltIn = "The built-in data map of the sample company, which is used as DataMap:Path is not set,";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <exception cref="StartRefusal">Something that the map names is not there.</exception>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        _ = (records, json);
        CheckTexts();
        var systems = map.Systems.Select(system => system.Id.Value).ToHashSet(StringComparer.OrdinalIgnoreCase); // as settings are
        foreach (var source in configuration.GetSection("Sources").GetChildren())
            if (!systems.Contains(source.Key) && source["Storage"] is { Length: > 0 })
                throw new StartRefusal($"{source.Path}:Storage names a system that the data map does not have.");

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var looks = map.OfCompany.DistinctBy(set => (set.System, set.Store.Kind, set.Store.Name))
            .Select(async set => (Set: set, IsThere: await IsThereAsync(set, patience.Token)));
        var missing = (await Task.WhenAll(looks)).Where(look => !look.IsThere).Select(look => look.Set).ToList();
        cancellationToken.ThrowIfCancellationRequested();
        if (missing.Count > 0)
            throw new StartRefusal(
                $"{(configuration["DataMap:Path"] is { Length: > 0 } ? "The data map" : BuiltIn)} names what does not exist in the storage: "
                + $"{string.Join(", ", missing.Select(Describe))}; make it, or correct the map (DataMap:Path) or the setting Sources:SYSTEM:Storage.");
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void CheckTexts()
    {
        try
        {
            foreach (var kind in kinds.All) _ = kind.Words;
            letters.Check();
            Standings.Check();
            PageText.Check();
        }
        catch (InvalidOperationException wrong)
        {
            throw new StartRefusal(wrong.Message);
        }
    }

    private async Task<bool> IsThereAsync(DataSet set, CancellationToken cancellation)
    {
        try
        {
            return await set.Store.Match<Task<bool>>(table => TableIsThereAsync(), async blobs => await company.Container(set).ExistsAsync(cancellation));
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return false;
        }
        catch (Exception failure) when (
            failure is RequestFailedException or AuthenticationFailedException or AggregateException or OperationCanceledException)
        {
            log.LogWarning(
                "{Store} could not be looked at: {Kind}. The start goes on.", Describe(set), failure.GetType().Name);
            return true;
        }

        async Task<bool> TableIsThereAsync()
        {
            await company.Table(set).QueryAsync<TableEntity>(maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellation)
                .AsPages().FirstOrDefaultAsync(cancellation);
            return true;
        }
    }

    private static string Describe(DataSet set) =>
        $"the {set.Store.Match(table => "table", blobs => "container")} {set.Store.Name} of the system '{set.System}'";
}
