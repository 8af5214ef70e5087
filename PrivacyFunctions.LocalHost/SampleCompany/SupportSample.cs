using System.Text.Json;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>Conversations with the support, as JSON documents with the files that people attached.</summary>
internal static class SupportSample
{
    /// <summary>Big enough that a copy of it in memory would show.</summary>
    public const int LargeAttachmentBytes = 1024 * 1024;

    private const string Container = "company-support";
    private static readonly string[] Agents = ["Agnes Ahlgren", "Bodo Brandt", "Chiara Conti"];
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static void AddTo(SampleData data)
    {
        var faker = new SampleFaker(seed: 5, data.Midnight);
        foreach (var person in SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser or SamplePart.Visitor))
        {
            var always = SamplePeople.IsAwkward(person);
            if (!always && !faker.Chance(0.3f))
                continue;
            var withFiles = always || faker.Chance(0.3f);
            foreach (var number in Enumerable.Range(1, faker.Random.Int(1, 2)))
                AddConversation(data, faker, person, $"T-{person.Id[2..]}-{number}", withFiles);
        }
    }

    private static void AddConversation(SampleData data, SampleFaker faker, SamplePerson person, string ticket, bool withFiles)
    {
        var opened = faker.Ago(2, 900);
        var folder = $"{SampleFaker.Key(person.Address)}/{ticket}";
        var holder = new SampleHolder("support-conversations", person.Address);
        var conversation = new Dictionary<string, object>
        {
            ["Ticket"] = ticket,
            ["Name"] = person.Name,
            ["Email"] = person.AddressAsTyped,
            ["Subject"] = faker.Words.Hacker.Phrase(),
            ["Channel"] = faker.Words.PickRandom("email", "chat", "telephone"),
            ["OpenedAt"] = opened,
            ["Messages"] = Messages(faker, opened),
        };
        if (opened < data.Midnight.AddDays(-10))
            conversation["ClosedAt"] = opened.AddDays(2);
        data.AddBlob(Container, $"{folder}/conversation.json", "application/json", opened, Json(conversation), holder);

        if (withFiles)
            data.AddBlob(Container, $"{folder}/attachments/error log.txt", "text/plain", opened,
                new BinaryData(string.Join('\n', faker.Words.Lorem.Sentences(5))), holder);
        if (withFiles && ticket.EndsWith("-1", StringComparison.Ordinal) && person.Address == SamplePeople.VeryActive)
            data.AddBlob(Container, $"{folder}/attachments/dump.bin", "application/octet-stream", opened,
                new BinaryData(faker.Random.Bytes(LargeAttachmentBytes)), holder);
        if (withFiles && person.Address == SamplePeople.ApostropheAndPlus) // somebody's own JSON file is no document of ours
            data.AddBlob(Container, $"{folder}/attachments/settings.json", "application/json", opened,
                new BinaryData("""{"theme":"dark"}"""), holder);
    }

    private static List<Dictionary<string, object>> Messages(SampleFaker faker, DateTimeOffset opened) =>
    [
        new() { ["At"] = opened, ["From"] = "you", ["Text"] = faker.Words.Lorem.Sentence() },
        new()
        {
            ["At"] = opened.AddHours(3),
            ["From"] = "support",
            ["Agent"] = faker.Words.PickRandom(Agents),
            ["Text"] = faker.Words.Lorem.Sentence(),
        },
        new() { ["At"] = opened.AddHours(5), ["From"] = "you", ["Text"] = "Thank you!" },
    ];

    private static BinaryData Json(Dictionary<string, object> document) =>
        new(JsonSerializer.SerializeToUtf8Bytes(document, Indented));
}
