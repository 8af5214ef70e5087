using Dapper;
using Microsoft.Data.Sqlite;

namespace PrivacyFunctions.LocalHost.Storage;

/// <summary>Dapper's verbs on a transaction, so that no statement can run beside it.</summary>
internal static class Statements
{
    public static int Execute(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.Execute(sql, values, transaction);

    public static T? Scalar<T>(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.ExecuteScalar<T>(sql, values, transaction);

    /// <summary>Rows as they are read, for whoever may not need all of them.</summary>
    public static IEnumerable<T> Stream<T>(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.Query<T>(sql, values, transaction, buffered: false);

    public static List<T> Query<T>(this SqliteTransaction transaction, string sql, object? values = null) =>
        transaction.Connection!.Query<T>(sql, values, transaction).AsList();
}
