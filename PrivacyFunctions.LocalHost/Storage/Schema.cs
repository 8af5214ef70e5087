using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>The numbered schema files, each applied once, in order, in a transaction of its own.</summary>
internal static class Schema
{
    private const string Folder = "Storage.Schema.";

    /// <summary>Applies what the database lacks.</summary>
    /// <exception cref="InvalidOperationException">A newer program has written the database.</exception>
    public static void Upgrade(SqliteConnection connection, DateTimeOffset now)
    {
        connection.Execute(
            """
            CREATE TABLE IF NOT EXISTS SchemaVersions (
                version INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, applied INTEGER NOT NULL) STRICT
            """);
        var applied = connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) FROM SchemaVersions");
        var files = Files();
        if (applied > files[^1].Version)
        {
            throw new InvalidOperationException(
                $"The durable engine's database has schema {applied}, this program knows {files[^1].Version} at most: "
                + "use the newer program.");
        }

        foreach (var (version, name, resource) in files.Where(file => file.Version > applied))
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            connection.Execute(Read(resource), transaction: transaction);
            connection.Execute(
                "INSERT INTO SchemaVersions (version, name, applied) VALUES (@version, @name, @applied)",
                new { version, name, applied = now.UtcTicks },
                transaction);
            transaction.Commit();
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
