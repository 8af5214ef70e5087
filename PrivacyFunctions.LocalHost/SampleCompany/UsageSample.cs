using System.Globalization;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>The usage log of account users: a few entries each, and one person with very many.</summary>
internal static class UsageSample
{
    private static readonly string[] Actions = ["Opened", "Clicked", "Scrolled", "Saved", "Failed"];
    private static readonly string[] Pages = ["/home", "/invoices", "/campaigns", "/help", "/settings", "/forum"];
    private static readonly string[] Browsers = ["Firefox 140", "Chrome 141", "Safari 19", "Edge 141"];
    private static readonly string[] Systems = ["Windows 11", "macOS 26", "Android 16", "iOS 26", "Debian 13"];

    public static void AddTo(SampleData data)
    {
        var faker = new SampleFaker(seed: 3, data.Midnight);
        foreach (var person in SamplePeople.All.Where(person => person.Part is SamplePart.AccountUser))
        {
            var entries = person.Address == SamplePeople.VeryActive ? SamplePeople.VeryActiveEntries : faker.Random.Int(2, 12);
            var address = faker.Words.Internet.Ip();
            foreach (var number in Enumerable.Range(0, entries))
                AddEntry(data, faker, person, number, address);
        }
    }

    private static void AddEntry(SampleData data, SampleFaker faker, SamplePerson person, int number, string ipAddress)
    {
        var at = faker.Ago(0, 380);
        var key = at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        data.AddRow("companyUsage", person.Id, $"{key}-{number:D5}", at, [new("usage-log", person.Id)],
            ("At", at), ("Action", faker.Random.ListItem(Actions)), ("Page", faker.Random.ListItem(Pages)),
            ("IpAddress", ipAddress),
            ("Browser", faker.Random.ListItem(Browsers)), ("OperatingSystem", faker.Random.ListItem(Systems)),
            ("Referrer", number % 5 == 0 ? "https://search.test/" : null), ("DurationMs", faker.Random.Int(3, 4000)));
    }
}
