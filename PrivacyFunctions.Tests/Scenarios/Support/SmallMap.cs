using Azure.Data.Tables;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Scenarios.Support;

/// <summary>
/// The map of a shop that shares no name with the sample company: no newsletters, no customer accounts, no profiles; a directory
/// and orders.
/// </summary>
internal static class SmallMap
{
    public const string Json = """
        {
          "format": 1,
          "company": {
            "name": "Corner Shop",
            "country": "FR",
            "address": "1 Example Street, Lille, France",
            "dataProtectionOfficer": { "title": "Privacy office", "email": "privacy@shop.example" }
          },
          "recipients": [
            { "id": "us", "name": "Our people", "kind": "staff", "country": "FR", "task": "They pack the parcels." },
            { "id": "cloud", "name": "Sample Cloud SA", "kind": "provider", "country": "FR", "task": "Hosts it.", "keepsRecords": true, "deliversMail": true }
          ],
          "systems": [
            {
              "id": "shop",
              "title": "The shop",
              "dataSets": [
                {
                  "id": "customers",
                  "title": "How we know you",
                  "role": "controller",
                  "origin": { "kind": "given", "words": "You gave it to us." },
                  "purpose": "To know who orders.",
                  "basis": { "article": "6(1)(b)", "words": "We need it for your orders." },
                  "recipients": ["us", "cloud"],
                  "retention": { "rule": "accountLife", "words": "As long as you are our customer." },
                  "erasure": { "action": "erase", "words": "We erase it." },
                  "automatedDecision": "none",
                  "identity": {
                    "person": "Customer", "address": "Mail", "provenAt": "SeenAt",
                    "ofPerson": { "property": "Customer", "equals": "{person}", "scan": true }
                  },
                  "store": { "kind": "table", "name": "shopCustomers" },
                  "find": { "partitionKey": "{email}" },
                  "fields": [
                    { "name": "Customer", "title": "Your number", "category": "account", "from": "observed" },
                    { "name": "Mail", "title": "E-mail address", "category": "contact", "from": "provided" },
                    { "name": "SeenAt", "title": "When you confirmed it", "category": "account", "from": "observed" }
                  ]
                },
                {
                  "id": "orders",
                  "title": "Your orders",
                  "role": "controller",
                  "origin": { "kind": "given", "words": "You ordered it." },
                  "purpose": "To send you what you ordered.",
                  "basis": { "article": "6(1)(b)", "words": "We need it for your orders." },
                  "recipients": ["us", "cloud"],
                  "retention": { "rule": "period", "period": "P1Y", "after": "the order", "anchor": "OrderedAt", "words": "A year." },
                  "erasure": { "action": "erase", "words": "We erase it." },
                  "automatedDecision": "none",
                  "store": { "kind": "table", "name": "shopOrders" },
                  "find": { "partitionKey": "{person}" },
                  "fields": [
                    { "name": "What", "title": "What you ordered", "category": "content", "from": "provided" },
                    { "name": "OrderedAt", "title": "When", "category": "usage", "from": "observed" }
                  ]
                }
              ]
            }
          ]
        }
        """;

    /// <summary>Starts a host on this map, with its stores empty.</summary>
    public static async Task<LocalHostHere> StartAsync()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Json);
            return await LocalHostHere.StartAsync(seeded: false, map: path); // which is read at the start, and not again
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Enters a customer with an order; their address.</summary>
    public static async Task<string> AddCustomerAsync(ScenarioHost host)
    {
        var (address, person) = ($"customer-{Guid.NewGuid():N}@example.com", $"n-{Guid.NewGuid():N}");
        var tables = new TableServiceClient(host.Storage);
        await tables.GetTableClient("shopCustomers").AddEntityAsync(
            new TableEntity(KeyPath.Encode(EmailAddress.Parse(address)), person)
            {
                ["Customer"] = person, ["Mail"] = address, ["SeenAt"] = DateTimeOffset.UtcNow,
            });
        await tables.GetTableClient("shopOrders").AddEntityAsync(
            new TableEntity(person, "1") { ["What"] = "Two lamps", ["OrderedAt"] = DateTimeOffset.UtcNow });
        return address;
    }
}
