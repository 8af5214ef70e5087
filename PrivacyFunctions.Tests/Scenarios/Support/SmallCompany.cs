using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// A company with the sample's stores and as many customer accounts as a test needs, each with an owner, two contacts and a
/// file unless told otherwise, and nothing else: its nights are backed up in no time, so that a test can live through years.
/// </summary>
internal static class SmallCompany
{
    /// <summary>When the accounts were opened.</summary>
    public static readonly DateTimeOffset Opened = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private const int AtATime = 16;

    /// <summary>Makes the stores and the accounts.</summary>
    public static Task<IReadOnlyList<Owner>> FoundAsync(ScenarioHost host, int accounts, int contacts = 2, int files = 1) =>
        AddAsync(host, prefix: "", accounts, contacts, files);

    /// <summary>
    /// Makes what stores are missing, and accounts that no other test has, nor another run on the same host.
    /// </summary>
    public static Task<IReadOnlyList<Owner>> JoinAsync(ScenarioHost host, int accounts) =>
        AddAsync(host, $"{Guid.NewGuid().ToString("N")[..12]}-", accounts, contacts: 2, files: 1);

    /// <summary>Makes a person with a profile who has no account, and whom no other test has.</summary>
    public static async Task<(DataSubject Person, string Id)> JoinAsPersonAsync(ScenarioHost host)
    {
        var number = Guid.NewGuid().ToString("N")[..12];
        var (address, person) = ($"person-{number}@example.com", $"q-{number}");
        var tables = await StoresAsync(host);
        await AddPersonAsync(tables, address, person, $"Person {number}");
        return (new DataSubject(host, address), person);
    }

    /// <summary>Gives a person an address more, which no other test has.</summary>
    /// <param name="host">Where the company is.</param>
    /// <param name="person">The person's id.</param>
    /// <param name="isProven">Whether somebody proved to have its mailbox.</param>
    public static async Task<DataSubject> AddAddressAsync(ScenarioHost host, string person, bool isProven = true)
    {
        var address = $"second-{Guid.NewGuid().ToString("N")[..12]}@example.org";
        await ShareAsync(host, address, person, isProven);
        return new DataSubject(host, address);
    }

    /// <summary>Gives a person an address that somebody else may have too.</summary>
    public static async Task ShareAsync(ScenarioHost host, string address, string person, bool isProven = true) =>
        await AddEntryAsync(await StoresAsync(host), address, person, isProven);

    /// <summary>Takes an address from a person.</summary>
    public static async Task LeaveAsync(ScenarioHost host, string address, string person) =>
        await (await StoresAsync(host)).GetTableClient("companyDirectory").DeleteEntityAsync(KeyPath.Encode(EmailAddress.Parse(address)), person);

    private static async Task<IReadOnlyList<Owner>> AddAsync(ScenarioHost host, string prefix, int accounts, int contacts, int files)
    {
        var tables = await StoresAsync(host);
        var blobs = new BlobServiceClient(host.Storage);
        var numbers = Enumerable.Range(1, accounts)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{prefix}{number:D5}")).ToList();
        await Parallel.ForEachAsync(
            numbers, new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (number, _) => await AddAsync(tables, blobs, number, contacts, files));
        return [.. numbers.Select(number => new Owner(host, AddressOf(number), AccountOf(number)))];
    }

    private static async Task<TableServiceClient> StoresAsync(ScenarioHost host)
    {
        var (tables, blobs) = (new TableServiceClient(host.Storage), new BlobServiceClient(host.Storage));
        foreach (var store in DataMapRegister.LoadEmbedded().DataSets.Where(set => set.System.Value != "privacy").Select(set => set.Store))
            if (store is StoreLocation.Table) await tables.CreateTableIfNotExistsAsync(store.Name);
            else await blobs.GetBlobContainerClient(store.Name).CreateIfNotExistsAsync();
        return tables;
    }

    private static string AccountOf(string number) => $"c-{number}";

    private static string AddressOf(string number) => $"owner-{number}@example.com";

    private static async Task AddAsync(TableServiceClient tables, BlobServiceClient blobs, string number, int contacts, int files)
    {
        var (account, person) = (AccountOf(number), $"q-{number}");
        var place = int.Parse(number[^5..], CultureInfo.InvariantCulture);
        await AddAsync(tables, "companyAccounts", new(account, "account")
        {
            ["AccountId"] = account, ["Company"] = $"Company {place}", ["OwnerPersonId"] = person,
            ["CreatedAt"] = Opened,
        });
        await AddPersonAsync(tables, AddressOf(number), person, $"Owner {place}");
        for (var contact = 1; contact <= contacts; contact++)
            await AddAsync(tables, "companyServiceContacts", new(account, $"c-{contact}")
            {
                ["Name"] = $"Contact c-{contact} of {place}",
            });
        for (var file = 1; file <= files; file++)
            await blobs.GetBlobContainerClient("company-service").GetBlobClient($"{account}/offers/offer-{file}.txt")
                .UploadAsync(new BinaryData($"Offer {file} of {account}"), overwrite: true);
    }

    private static async Task AddPersonAsync(TableServiceClient tables, string address, string person, string name)
    {
        await AddEntryAsync(tables, address, person, isProven: true);
        await AddAsync(tables, "companyProfiles", new(person, "profile") { ["Name"] = name, ["Email"] = address });
    }

    private static Task AddEntryAsync(TableServiceClient tables, string address, string person, bool isProven) =>
        AddAsync(tables, "companyDirectory", new(KeyPath.Encode(EmailAddress.Parse(address)), person)
        {
            ["Email"] = address, ["PersonId"] = person, ["VerifiedAt"] = isProven ? DateTimeOffset.UtcNow : null,
        });

    private static async Task AddAsync(TableServiceClient tables, string table, TableEntity row) =>
        await tables.GetTableClient(table).UpsertEntityAsync(row, TableUpdateMode.Replace);
}
