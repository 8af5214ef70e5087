using System.Globalization;
using PrivacyFunctions.LocalHost.StartUp;

namespace PrivacyFunctions.LocalHost.Engine;

/// <summary>The numbered schema files, each applied once, in order, in a transaction of its own.</summary>
internal static class Schema
{
    private const string Folder = "Engine.Schema.";

    // Up to here the histories were JSON of the former engine, which only that engine could replay.
    private const int LastOfTheFormerEngine = 2;

    /// <summary>Applies what the database lacks.</summary>
    /// <exception cref="StartUpProblem">An older or a newer program has written the database.</exception>
    public static void Upgrade(Connection connection, string file, DateTimeOffset now)
    {
        connection.Run(
            """
            CREATE TABLE IF NOT EXISTS SchemaVersions (
                version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL) STRICT
            """);
        var applied = connection.Scalar<long>("SELECT max(version) FROM SchemaVersions");
        var files = Files();
        if (applied is > 0 and <= LastOfTheFormerEngine)
        {
            throw new StartUpProblem(
                $"The workflows in {file} were written by an earlier version of this program in a format that this one cannot "
                + "continue: finish them with that version, or delete the local host's data folder to begin with an empty one.");
        }

        if (applied > files[^1].Version)
        {
            throw new StartUpProblem(
                $"The workflows in {file} have schema {applied}, this program knows {files[^1].Version} at most: "
                + "use the newer program.");
        }

        foreach (var (version, name, resource) in files.Where(step => step.Version > applied))
        {
            connection.Execute("BEGIN IMMEDIATE");
            connection.Run(Read(resource));
            connection.Execute(
                "INSERT INTO SchemaVersions (version, name, applied) VALUES (@version, @name, @applied)",
                ("@version", version), ("@name", name), ("@applied", now.UtcTicks));
            connection.Execute("COMMIT");
        }
    }

    private static List<(int Version, string Name, string Resource)> Files()
    {
        var files =
            from resource in typeof(Schema).Assembly.GetManifestResourceNames()
            let start = resource.IndexOf(Folder, StringComparison.Ordinal)
            where start >= 0
            let name = resource[(start + Folder.Length)..]
            let version = int.Parse(name[..4], CultureInfo.InvariantCulture)
            orderby version
            select (version, name, resource);
        return [.. files];
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
