using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Tests.Support;

namespace PrivacyFunctions.Tests.Sources;

/// <summary>A directory that a test writes for itself.</summary>
internal sealed record TestDirectory(TableClient Table, SubjectLocator Locator, WatchedSource Watched)
{
    /// <summary>One with these entries.</summary>
    public static async Task<TestDirectory> OpenAsync(params (string Address, string Person, bool IsProven)[] entries)
    {
        var connection = await SharedAzurite.ConnectionStringAsync();
        var map = SetCopy.Map;
        var copy = map.Directory with { Store = new StoreLocation.Table($"directory{Guid.NewGuid():N}") };
        var systems = map.Systems.Select(system => system with
        {
            DataSets = [.. system.DataSets.Select(set => set == map.Directory ? copy : set)],
        });
        var storage = SetCopy.StorageAt(connection);
        var watched = new WatchedSource(new TableDataSource(storage));
        var sources = new PersonalDataSources([watched, new BlobDataSource(storage)]);
        var directory = new TestDirectory(
            new TableClient(connection, copy.Store.Name), new SubjectLocator(new(map.Company, map.Recipients, [.. systems]), sources), watched);
        await directory.Table.CreateAsync();
        foreach (var entry in entries)
            await directory.AddAsync(entry.Address, entry.Person, entry.IsProven ? DateTimeOffset.UtcNow : null);
        return directory;
    }

    public Task<SubjectKeys> LocateAsync(string address) => Locator.LocateAsync(EmailAddress.Parse(address), CancellationToken.None);

    public Task<EmailAddress?> MailboxOfAsync(string person) =>
        Locator.MailboxOfAsync(Id(person), CancellationToken.None);

    public async Task AddAsync(string address, string person, object? provenAt, string? named = null) =>
        await Table.AddEntityAsync(new TableEntity(KeyOf(address), Guid.NewGuid().ToString("N"))
        {
            ["Email"] = named ?? address, ["PersonId"] = person, ["VerifiedAt"] = provenAt,
        });

    public async Task RemoveAsync(string address)
    {
        var key = KeyOf(address);
        await foreach (var row in Table.QueryAsync<TableEntity>(row => row.PartitionKey == key))
            await Table.DeleteEntityAsync(row);
    }

    public static PersonId Id(string text) => PersonId.TryParse(text, out var id) ? id : throw new FormatException(text);

    private static string KeyOf(string address) => KeyPath.Encode(EmailAddress.Parse(address));
}
