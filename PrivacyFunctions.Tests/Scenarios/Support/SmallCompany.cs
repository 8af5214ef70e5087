using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A company with the sample's stores and as many customer accounts as a test needs, each with an owner, two contacts and a
/// file unless told otherwise, and nothing else: its nights are backed up in no time, so that a test can live through years.
/// </summary>
internal static class SmallCompany
{
    private const int AtATime = 16;

    /// <summary>Makes the stores and the accounts.</summary>
    public static async Task<IReadOnlyList<Owner>> FoundAsync(ScenarioHost host, int accounts, int contacts = 2, int files = 1)
    {
        var (tables, blobs) = (new TableServiceClient(host.Storage), new BlobServiceClient(host.Storage));
        foreach (var store in DataMapRegister.LoadEmbedded().DataSets.Where(set => set.System.Value != "privacy").Select(set => set.Store))
            if (store is StoreLocation.Table) await tables.CreateTableIfNotExistsAsync(store.Name);
            else await blobs.GetBlobContainerClient(store.Name).CreateIfNotExistsAsync();

        await Parallel.ForEachAsync(
            Enumerable.Range(1, accounts), new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (number, _) => await AddAsync(tables, blobs, number, contacts, files));
        return [.. Enumerable.Range(1, accounts).Select(number => new Owner(host, AddressOf(number), AccountOf(number)))];
    }

    private static string AccountOf(int number) => string.Create(CultureInfo.InvariantCulture, $"c-{number:D5}");

    private static string AddressOf(int number) => string.Create(CultureInfo.InvariantCulture, $"owner-{number:D5}@example.com");

    private static async Task AddAsync(TableServiceClient tables, BlobServiceClient blobs, int number, int contacts, int files)
    {
        var (account, address, person) = (AccountOf(number), AddressOf(number), $"q-{number:D5}");
        await AddAsync(tables, "companyAccounts", new(account, "account")
        {
            ["AccountId"] = account, ["Company"] = $"Company {number}", ["OwnerPersonId"] = person,
        });
        await AddAsync(tables, "companyDirectory", new(KeyPath.Encode(EmailAddress.Parse(address)), person)
        {
            ["Email"] = address, ["PersonId"] = person,
        });
        await AddAsync(tables, "companyProfiles", new(person, "profile") { ["Name"] = $"Owner {number}", ["Email"] = address });
        for (var contact = 1; contact <= contacts; contact++)
            await AddAsync(tables, "companyServiceContacts", new(account, $"c-{contact}")
            {
                ["Name"] = $"Contact c-{contact} of {number}",
            });
        for (var file = 1; file <= files; file++)
            await blobs.GetBlobContainerClient("company-service").GetBlobClient($"{account}/offers/offer-{file}.txt")
                .UploadAsync(new BinaryData($"Offer {file} of {account}"), overwrite: true);
    }

    private static async Task AddAsync(TableServiceClient tables, string table, TableEntity row) =>
        await tables.GetTableClient(table).UpsertEntityAsync(row, TableUpdateMode.Replace);
}
