using System.Collections.Immutable;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads the map as a whole: the company, the recipients, the systems, and what must be unique across them.</summary>
internal static class RegisterReader
{
    /// <returns>Null when the node noted a problem.</returns>
    public static DataMapRegister? Read(MapNode map)
    {
        var format = map.Number("format");
        if (format != DataMapRegister.Format)
            map.Problem($"'format' is {format}; this program reads {DataMapRegister.Format}");

        var company = ReadCompany(map.Child("company", "every answer names the controller: Art. 13(1)(a)"));
        var recipients = map.Children("recipients").Select(RecipientReader.Read).ToImmutableArray();
        var known = recipients.DistinctBy(recipient => recipient.Id).ToLookup(recipient => recipient.Id);
        var systems = map.Children("systems").Select(system => SystemReader.Read(system, known)).ToImmutableArray();
        systems = [.. systems, .. OwnRecords.Join(map, systems, recipients)];
        var sets = systems.SelectMany(system => system.DataSets).ToList();

        ReportTwice(map, "recipient", recipients.Select(recipient => recipient.Id));
        ReportTwice(map, "system", systems.Select(system => system.Id.Value));
        ReportTwice(map, "data set", sets.Select(set => set.Id.Value));
        foreach (var unused in recipients.Except(sets.SelectMany(set => set.Recipients)))
            map.Problem($"recipient '{unused.Id}' receives nothing: no data set names it");
        if (sets.Count(set => set.Identity is not null) is not 1 and var directories)
            map.Problem($"{directories} data sets have 'identity'; exactly one resolves an address to persons");
        if (sets.Count(set => set.Ownership is not null) is > 1 and var registers)
            map.Problem($"{registers} data sets have 'ownership'; one at most says who owns a customer account");
        if (sets.Count(set => set.Subscription is not null) is > 1 and var lists)
            map.Problem($"{lists} data sets have 'subscription'; one at most is the list of newsletter subscribers");
        map.ReportUnknown();

        return map.HasProblems ? null : new DataMapRegister(company, recipients, systems);
    }

    private static Company ReadCompany(MapNode company)
    {
        var officer = company.Child("dataProtectionOfficer", "clause S-DPO");
        var read = new Company(
            company.Text("name"),
            CountryReader.Read(company),
            company.Text("address"),
            new DataProtectionOfficer(officer.Text("title"), officer.Text("email")));
        if (read.Officer.Email.Length > 0 && !EmailAddress.TryParse(read.Officer.Email, out _))
            officer.Problem("'email' is no e-mail address");
        officer.ReportUnknown();
        company.ReportUnknown();
        return read;
    }

    private static void ReportTwice(MapNode map, string what, IEnumerable<string> names)
    {
        foreach (var twice in names.Where(name => name.Length > 0).GroupBy(name => name).Where(group => group.Count() > 1))
            map.Problem($"{what} '{twice.Key}' is there {twice.Count()} times");
    }
}
